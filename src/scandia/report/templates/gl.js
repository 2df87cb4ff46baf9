// Drawing of boxes, lines and surfaces with WebGL 2 in an orthographic view; nothing here knows what they mean.
const glDraw = (() => {
  const HEAD = `#version 300 es
precision highp float;
uniform vec3 right, up, forward, target; uniform vec2 pixels; uniform float scale, reach;
vec4 project(vec3 p) {
  vec3 q = p - target;
  return vec4(2.0 * scale * dot(q, right) / pixels.x, 2.0 * scale * dot(q, up) / pixels.y, dot(q, forward) / reach, 1.0);
}`;
  const BOX = `${HEAD}
in vec3 corner, normal, centre, colour; uniform vec3 size; out vec3 shade;
void main() {
  gl_Position = project(centre + corner * size);
  shade = colour * (0.72 + 0.28 * max(0.0, dot(normal, normalize(vec3(-0.35, -0.5, 0.8)))) - 0.14 * step(0.5, abs(normal.x)));
}`;
  const LINE = `${HEAD}
in vec2 side; in vec3 start, end, colour; uniform float width; out vec3 shade;
void main() {
  vec4 a = project(start), b = project(end);
  vec2 along = (b.xy - a.xy) * pixels;
  vec2 across = length(along) > 0.001 ? normalize(vec2(-along.y, along.x)) : vec2(1.0, 0.0);
  gl_Position = mix(a, b, side.x);
  gl_Position.xy += side.y * across * width / pixels;
  gl_Position.z -= 0.0005;
  shade = colour;
}`;
  const SURFACE = `${HEAD}
in vec3 place, normal; uniform vec3 tint; out vec3 shade;
void main() {
  gl_Position = project(place);
  shade = tint * (0.6 + 0.4 * abs(dot(normal, normalize(vec3(-0.35, -0.5, 0.8)))));
}`;
  const FRAGMENT = `#version 300 es
precision highp float; in vec3 shade; uniform float opacity; out vec4 result;
void main() { result = vec4(shade, opacity); }`;

  function program(gl, vertex) {
    const made = gl.createProgram();
    for (const [kind, text] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, FRAGMENT]]) {
      const shader = gl.createShader(kind);
      gl.shaderSource(shader, text);
      gl.compileShader(shader);
      if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader));
      gl.attachShader(made, shader);
    }
    gl.linkProgram(made);
    if (!gl.getProgramParameter(made, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(made));
    return made;
  }

  // A shape: arrays by attribute (of 2 or 3 numbers a vertex, or a copy), drawn as triangles, once for each copy.
  function shape(gl, shader, arrays, copied) {
    const vertices = gl.createVertexArray(), buffers = {};
    const made = { shader, vertices, corners: 0, copies: copied.length ? 0 : 1 };
    made.fill = (given) => {
      gl.bindVertexArray(vertices);
      for (const [name, [values, width]] of Object.entries(given)) {
        const place = gl.getAttribLocation(shader, name);
        if (place < 0) continue;
        buffers[name] = buffers[name] || gl.createBuffer();
        gl.bindBuffer(gl.ARRAY_BUFFER, buffers[name]);
        gl.bufferData(gl.ARRAY_BUFFER, values, gl.DYNAMIC_DRAW);
        gl.enableVertexAttribArray(place);
        gl.vertexAttribPointer(place, width, gl.FLOAT, false, 0, 0);
        gl.vertexAttribDivisor(place, copied.includes(name) ? 1 : 0);
        if (copied.includes(name)) made.copies = values.length / width; else made.corners = values.length / width;
      }
    };
    made.fill(arrays);
    return made;
  }

  const CUBE = (() => {
    const corners = [], normals = [];
    for (let axis = 0; axis < 3; axis++) for (const side of [-1, 1]) {
      const [a, b] = [(axis + 1) % 3, (axis + 2) % 3];
      for (const [p, q] of [[-1, -1], [1, -1], [1, 1], [-1, -1], [1, 1], [-1, 1]]) {
        const corner = [0, 0, 0], normal = [0, 0, 0];
        corner[axis] = side / 2; corner[a] = p / 2; corner[b] = q / 2; normal[axis] = side;
        corners.push(...corner); normals.push(...normal);
      }
    }
    return { corner: [new Float32Array(corners), 3], normal: [new Float32Array(normals), 3] };
  })();
  const RIBBON = { side: [new Float32Array([0, -1, 1, -1, 1, 1, 0, -1, 1, 1, 0, 1]), 2] };

  return (canvas) => {
    const gl = canvas.getContext("webgl2", { antialias: true, preserveDrawingBuffer: true });
    if (!gl) return null;
    const shaders = { box: program(gl, BOX), line: program(gl, LINE), surface: program(gl, SURFACE) };
    gl.enable(gl.DEPTH_TEST);
    gl.clearColor(1, 1, 1, 1);
    return {
      boxes: () => shape(gl, shaders.box, CUBE, ["centre", "colour"]),
      lines: () => shape(gl, shaders.line, RIBBON, ["start", "end", "colour"]),
      surface: () => shape(gl, shaders.surface, {}, []),
      draw: (view, shapes) => {
        gl.viewport(0, 0, canvas.width, canvas.height);
        gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
        for (const { shape: one, ...own } of shapes) {
          if (!one.corners || !one.copies) continue;
          gl.useProgram(one.shader);
          for (const [name, value] of Object.entries({ opacity: 1, ...view, ...own })) {
            const place = gl.getUniformLocation(one.shader, name);
            if (place === null) continue;
            if (value.length === 3) gl.uniform3fv(place, value);
            else if (value.length === 2) gl.uniform2fv(place, value);
            else gl.uniform1f(place, value);
          }
          const clear = (own.opacity || 1) < 1;
          if (clear) { gl.enable(gl.BLEND); gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA); } else gl.disable(gl.BLEND);
          gl.depthMask(!clear);
          gl.bindVertexArray(one.vertices);
          gl.drawArraysInstanced(gl.TRIANGLES, 0, one.corners, one.copies);
          gl.depthMask(true);
        }
      },
    };
  };
})();
